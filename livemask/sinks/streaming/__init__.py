"""What the sink `stream` is made of: pictures, who looks at them, who may, and the pages."""
