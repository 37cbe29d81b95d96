"""What Kontorplan takes to solve and to assess, beside its peers: `python -m bench`.

A module here is a family of rows: its `rows` lists what is measured. Every piece of work runs in
a process of its own (`bench.measure`). What the rows compare is described in docs/benchmarks.md.
"""
