"""How figures come in: files understood and checked, records counted, figures made to stand."""
