"""Reports as one self-contained HTML file: tables, heat maps and plots, without scripts or other files."""
