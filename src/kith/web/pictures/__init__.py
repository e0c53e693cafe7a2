"""Pictures drawn on the server: plain values in, shapes with places out; templates write the SVG."""
