/** The floor: a program that declares nothing, so that a command costs what the engine alone costs. */
