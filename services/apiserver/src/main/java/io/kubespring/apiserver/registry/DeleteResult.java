package io.kubespring.apiserver.registry;

import tools.jackson.databind.node.ObjectNode;

/**
 * @param gone whether the object left the store (or would have, in a dry run)
 * @param object as marked, or as it last was
 */
public record DeleteResult(boolean gone, ObjectNode object) {}
