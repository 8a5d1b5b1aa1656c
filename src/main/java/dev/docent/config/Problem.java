package dev.docent.config;

import dev.docent.failure.Diagnosis;

/**
 * One thing that is wrong with the configuration, and what to do about it. Neither text holds a
 * secret or a part of one.
 *
 * @param diagnosis of which kind it is
 * @param headline what is wrong: a sentence that begins with the name of the variable or key
 * @param remedy what to write instead and where; empty if the headline says it all
 */
public record Problem(Diagnosis diagnosis, String headline, String remedy) {}
