"""Lay out render jobs as PDFs. No other package imports WeasyPrint."""
