"""The pages, feeds, sitemaps and documents that readers see."""
