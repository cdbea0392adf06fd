"""One job of the plan into the HTML and CSS of its parts."""
