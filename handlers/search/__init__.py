"""Finding what is meant by a few words: an index, words of asking taken away, and words that sound alike."""
