"""Rules for raw orders, as plain Python: a module beside the notebooks, tested without a cluster."""

import re
import unicodedata

CURRENCIES = {"€": "EUR", "EUR": "EUR", "$": "USD", "USD": "USD", "£": "GBP", "GBP": "GBP"}


def money(text):
    """('12,50 €') -> (12.5, 'EUR'); (None, None) where it is no amount of money."""
    if text is None:
        return None, None
    found = re.fullmatch(r"\s*([€$£])?\s*(\d+(?:[.,]\d{1,2})?)\s*([€$£]|[A-Z]{3})?\s*", text)
    if not found:
        return None, None
    sign = found.group(1) or found.group(3) or "EUR"
    return float(found.group(2).replace(",", ".")), CURRENCIES.get(sign)


def plain(name):
    """'José  Müller ' -> 'jose muller': how names are compared."""
    letters = unicodedata.normalize("NFKD", name or "")
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).lower().split())
