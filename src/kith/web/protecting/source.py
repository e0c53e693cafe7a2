"""Which code list says what a field of protection means."""

CODE_LISTS = {
    "protection.conferenceof": {
        "category": "category_of_abuse",
        "participation": "review_participation",
    },
    "protection.dissent": {"agency": "agency_types"},
    "protection.transferin": {"category": "category_of_abuse"},
}
