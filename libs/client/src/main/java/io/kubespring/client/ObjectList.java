package io.kubespring.client;

import java.util.List;

/**
 * One page of a list.
 *
 * @param resourceVersion as of which the list is exact; where a watch starts
 * @param continueToken empty on the last page
 */
public record ObjectList<T>(List<T> items, String resourceVersion, String continueToken) {}
