"""Pages of protection: enquiry, strategy discussion, conference, plan, core group."""
