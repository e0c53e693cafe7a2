"""Referrals, assessments, enquiries, conferences and plans, as the indicators about them read them."""
