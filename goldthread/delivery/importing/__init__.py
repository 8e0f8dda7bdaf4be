"""A spreadsheet of actions understood: where its table is, what each row says, who is meant."""
