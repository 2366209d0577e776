package io.kubespring.apiserver.registry;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a write leaves behind.
 *
 * @param created whether there was nothing before
 * @param object with its resourceVersion
 * @param warnings texts of Warning headers
 */
public record WriteResult(boolean created, ObjectNode object, List<String> warnings) {}
