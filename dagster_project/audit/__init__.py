"""The audit: whether a release is what it says it is, and comes out the same when made again.

checks   hashes of the log, of everything in a release, and of the inputs that are kept
again    makes a release again from the kept inputs, in an empty folder
compare  what differs between two releases, table by table
"""
