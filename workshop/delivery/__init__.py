"""What a kit and its packs are handed over with: printers."""
