"""Instruments and quotes."""
