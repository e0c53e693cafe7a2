"""Contacts and referrals: how a child came to notice."""

from django.db import models

from kith.record.facts import Fact


class Contact(Fact):
    """A message about a child, from anyone."""

    reference = models.CharField(max_length=40, blank=True)
    received_on = models.DateField()
    source = models.CharField(max_length=3, blank=True)  # code list `referral_source`
    outcome = models.CharField(max_length=40, blank=True)  # code list `contact_outcome`


class Referral(Fact):
    """A contact that social care decided to respond to; the CIN census calls it an episode of need."""

    reference = models.CharField(max_length=40, blank=True)
    contact_thread = models.BigIntegerField(null=True, blank=True)  # the contact that became this
    received_on = models.DateField()
    source = models.CharField(max_length=3, blank=True)  # code list `referral_source`
    primary_need = models.CharField(max_length=3, blank=True)  # code list `need_codes`
    is_no_further_action = models.BooleanField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=4, blank=True)  # code list `cin_closure_reason`
