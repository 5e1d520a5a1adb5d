"""What kind of question this is: rules, classifier, disguises, languages."""
