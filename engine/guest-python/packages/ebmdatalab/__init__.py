"""What scripts of actions take from `ebmdatalab`: its charts of deciles."""
