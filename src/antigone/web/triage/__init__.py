"""Triage, pair by pair and blind, and samples that are ordered while others still judge."""
