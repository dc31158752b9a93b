"""Who publishes what, where, how trusted, owned by whom, with what reserved."""
