package io.concordat.it.cli;

import io.concordat.api.Subject;

/**
 * A registration that the registry has answered.
 *
 * @param subject where
 * @param text the schema that was sent
 * @param id the answer
 */
record Acknowledged(Subject subject, String text, int id) {}
