"""Contacts, referrals, and the children in need that they are about."""
