"""Referrals: strong applicants without a seat, named to organisations that they chose themselves."""
