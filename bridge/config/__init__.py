"""The one YAML file: model, loading, example."""
