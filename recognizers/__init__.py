"""What can be seen in UK news copy: Presidio recognizers, each with its vocabulary in YAML beside it.

The package knows language and nothing of policy, and never imports `safeguard`: any Presidio user can take it
alone. Start at `recognizers.nlp.load_pipeline` and `recognizers.registry.build_registry`.
"""
