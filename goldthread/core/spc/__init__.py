"""Control charts: limits, special-cause rules and judgements; numbers in, numbers out."""
