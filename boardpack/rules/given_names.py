"""Given names, by which a rule tells a person from a street, a law or a body: `Judith Arkwell`, not `Arkwell Road`."""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    Aaron Abdul Abigail Abraham Adam Adele Adrian Agnes Ahmed Aidan Aileen Aisha Alan Alasdair Alastair Albert Alec
    Alessandra Alex Alexander Alexandra Alexis Alfred Ali Alice Alicia Alison Alistair Allan Allison Alun Amanda
    Amber Amelia Amina Amir Amy Ana Anders Andrea Andreas Andrew Andy Aneta Angela Angelina Angus Anil Anita Ann
    Anna Annabel Anne Annette Annie Anthea Anthony Antonia Antonio Arjun Arthur Asha Ashok Audrey Averil Ayesha
    Barbara Barry Ben Benjamin Bernadette Bernard Bethan Bethany Beverley Bhavna Brenda Brendan Brian Bridget
    Bronwen Bruce Bryan Bryony Callum Calum Cameron Camilla Carl Carla Carmen Carol Carole Caroline Carolyn
    Catherine Cathy Cecilia Ceri Charlie Charlotte Cheryl Chloe Chris Christina Christine Christopher Ciara Claire
    Clara Clare Claudia Clive Colette Colin Connor Conor Craig Cynthia Damian Damien Daniel Danielle Danny Daphne
    Darren Dave David Debbie Deborah Deirdre Delia Denis Denise Dennis Derek Desmond Devi Diana Diane Dilys Dominic
    Donald Donna Doreen Doris Dorothy Duncan Dylan Eamonn Edith Edmund Edward Edwina Eileen Elaine Eleanor Elena
    Eleri Elizabeth Ella Ellen Ellie Elsie Emily Emma Eric Erica Esther Ethan Eunice Eva Evan Eve Evelyn Ewan Farah
    Fatima Fay Felicity Fergus Fiona Florence Frances Francesca Francis Freda Frederick Freya Gareth Gary Gavin
    Gaynor Gemma Geoff Geoffrey George Georgia Georgina Gerald Geraldine Gerard Gethin Giles Gill Gillian Gina
    Glenda Glenn Glenys Gloria Godfrey Gordon Grace Graeme Graham Greg Gregory Gurpreet Gwen Gwyneth Hamish Hannah
    Harold Harpreet Harriet Harry Hassan Hayley Hazel Heather Hector Heidi Helen Helena Helga Henry Hilary Hilda
    Horace Howard Hugh Hugo Huw Ian Ibrahim Ida Imogen Imran Ingrid Irene Iris Isaac Isabel Isabella Isobel Ivan
    Jack Jackie Jacob Jacqueline Jacqui Jade Jake James Jamie Jan Jane Janet Janice Janine Jasmine Jason Jasper Jay
    Jayne Jean Jeanette Jeff Jeffrey Jemma Jennifer Jenny Jeremy Jerome Jess Jessica Jill Jillian Jim Joan Joanna
    Joanne Jodie Joe Joel John Jon Jonathan Jose Joseph Josephine Joshua Joyce Juan Judith Judy Julia Julian Julie
    Juliet June Justin Justine Kamal Karen Karl Karol Kasia Kate Katharine Katherine Kathleen Kathryn Kathy Katie
    Katrina Kay Keith Ken Kenneth Kerry Kevin Khalid Kieran Kim Kirsten Kirsty Krishna Kyle Lakshmi Lara Laura
    Lauren Laurence Lawrence Leah Leanne Leonard Lesley Leslie Lewis Liam Lilian Linda Lindsay Lindsey Lisa Liz
    Lloyd Lois Lorna Lorraine Louis Louise Lucinda Lucy Luke Lydia Lyn Lynda Lynn Lynne Maeve Malcolm Mandy Manjit
    Marcus Margaret Maria Marian Marianne Marie Marilyn Marina Mario Marion Marjorie Mark Marsha Martha Martin
    Martyn Mary Marysia Matilda Matt Matthew Maureen Maurice Mavis Maxine Meera Megan Mehmet Melanie Melissa Mervyn
    Mia Michael Michelle Miguel Mike Mildred Miles Miranda Miriam Mohamed Mohammad Mohammed Moira Mollie Molly Mona
    Monica Morag Moses Muhammad Muriel Myra Nadia Nadine Nancy Naomi Nasreen Natalie Natasha Nathan Neil Nerys
    Neville Nia Niamh Nicholas Nick Nicky Nicola Nicole Nigel Nina Nisha Noel Nora Norah Norma Norman Olga Olive
    Oliver Olivia Omar Oscar Owen Pablo Pamela Patricia Patrick Paul Paula Pauline Pawel Penelope Penny Percy Peter
    Petra Phil Philip Philippa Phillip Phoebe Phyllis Piotr Poppy Priya Rachael Rachel Rahul Raj Rajesh Ralph Ramesh
    Raymond Rebecca Reginald Rhian Rhiannon Rhys Richard Rita Robert Roberta Robin Robyn Roderick Rodney Roger
    Roland Ron Ronald Rory Rosalind Rosamund Rosemary Rosie Rowena Roy Rupert Russell Ruth Ryan Sabina Sadie Saima
    Sally Sam Samantha Samina Samuel Sana Sandra Sanjay Sara Sarah Sasha Saskia Scott Sean Sebastian Selina Shabana
    Shannon Sharon Shaun Sheila Shelagh Shirley Sian Simon Sinead Siobhan Sonia Sophia Sophie Spencer Stacey Stefan
    Stella Stephanie Stephen Steve Steven Stewart Stuart Sue Sunil Sunita Susan Susanna Susannah Susie Suzanne Sybil
    Sylvia Tamara Tamsin Tania Tanya Tariq Ted Terence Teresa Terry Tessa Thelma Theo Theresa Thomas Tiffany Tim
    Timothy Tina Toby Tom Tomasz Tony Tracey Tracy Trevor Tristan Tyrone Una Ursula Usha Valerie Vanessa Vera Vernon
    Veronica Vicky Victor Vijay Vikram Vincent Viola Virginia Vivian Vivien Vivienne Wanda Warren Wayne Wendy
    Wilfred William Winifred Yasmin Yolanda Yusuf Yvette Yvonne Zahra Zainab Zara Zoe
    """.split()  # noqa: SIM905 (names read best as running text)
)
"""Common in Britain, those left out that are as often a place or a word: Victoria, Chelsea, April, Grant, Hope."""

FAMILIAR = (
    frozenset(("Nick", "Nicholas", "Nicola", "Nicky")),
    frozenset(("Bill", "Billy", "Will", "William")),
    frozenset(("Bob", "Bobby", "Rob", "Robert", "Robbie")),
    frozenset(("Dick", "Rick", "Richard")),
    frozenset(("Jim", "Jimmy", "Jamie", "James")),
    frozenset(("Jack", "John", "Jon", "Jonathan")),
    frozenset(("Mike", "Mick", "Mickey", "Michael")),
    frozenset(("Tony", "Anthony", "Antony")),
    frozenset(("Ted", "Ed", "Eddie", "Edward")),
    frozenset(("Liz", "Beth", "Betty", "Lizzie", "Elizabeth", "Elisabeth")),
    frozenset(("Kate", "Kathy", "Kath", "Katie", "Kay", "Katherine", "Katharine", "Kathryn", "Kathleen")),
    frozenset(("Cathy", "Cath", "Catherine", "Kate")),
    frozenset(("Maggie", "Meg", "Peggy", "Margaret")),
    frozenset(("Sue", "Susie", "Susan", "Susanna", "Susannah")),
    frozenset(("Suzie", "Suzanne")),
    frozenset(("Sally", "Sarah")),
    frozenset(("Jenny", "Jen", "Jennifer")),
    frozenset(("Debbie", "Deb", "Deborah", "Debra")),
    frozenset(("Mandy", "Amanda")),
    frozenset(("Sandy", "Alexander", "Alexandra", "Sandra")),
    frozenset(("Harry", "Henry", "Harold")),
    frozenset(("Terry", "Terence", "Teresa", "Theresa")),
    frozenset(("Tessa", "Tess", "Teresa", "Theresa")),
    frozenset(("Chris", "Christopher", "Christine", "Christina")),
    frozenset(("Steve", "Stephen", "Steven")),
    frozenset(("Dave", "Davy", "David")),
    frozenset(("Larry", "Laurie", "Laurence", "Lawrence")),
    frozenset(("Jackie", "Jacqui", "Jacqueline")),
    frozenset(("Patsy", "Tricia", "Trish", "Paddy", "Pat", "Patricia", "Patrick")),
    frozenset(("Penny", "Penelope")),
    frozenset(("Mo", "Mohammed", "Mohamed", "Muhammad", "Maureen")),
    frozenset(("Gill", "Gilly", "Gillian", "Jill", "Jillian")),
    frozenset(("Lyn", "Lynne", "Linda", "Lynda")),
    frozenset(("Dot", "Dorothy")),
    frozenset(("Molly", "Mary", "May")),
)
"""Names of which one may stand for another of the same set."""
