"""The values that pass between the steps: frozen, without input or output.

``board`` what a body has decided once; ``meeting`` one sitting and its agenda; ``labels`` how its numbers count;
``paper`` a report; ``table`` its figures and their arithmetic; ``numbered`` the meeting with every number, time slot
and reference target worked out.
"""
