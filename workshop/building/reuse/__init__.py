"""Take over from earlier builds whatever would come out the same."""
