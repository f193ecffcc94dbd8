"""The knowledge base: YAML in, problems or one immutable `KnowledgeBase` out."""
