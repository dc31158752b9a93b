"""Subscribers, their tokens, their reports."""
