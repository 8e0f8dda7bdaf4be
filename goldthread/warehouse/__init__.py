"""Crime records and returns as tables and series: one set of expressions, DuckDB here, Spark there."""
