"""Agencies, the people who work for them, their roles, and the mandates they act under."""
