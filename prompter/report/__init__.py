"""Reports as one self-contained HTML file: tables, heat maps and plots, without a script or a second file."""
