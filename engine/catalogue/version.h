/* version.h - versions: parts of a name ("v1beta1" of io.k8s.api.apps.v1beta1.Deployment), and which is the newer one.
 */
#ifndef ENGINE_VERSION_H
#define ENGINE_VERSION_H

#include "str.h"

/* The first part of a dotted name, but the last, that is a version: a v and a number, perhaps alpha or beta and a
 * number behind it. Empty when there is none. */
struct str version_part(struct str name);
/* Writes the name without such parts, at most name.size bytes; returns how many. `stem` may be the name. Names with the
 * same stem are versions of one thing. */
size_t version_stem(struct str name, char *stem);

/* 0: stable; 1: beta, rc, preview; 2: alpha. */
int version_unripe(struct str version);
/* <0 when `a` is shown before `b`: stable ones before beta (rc, preview) and alpha, and of these the newest first,
 * number by number. 0 when nothing tells them apart. */
int version_compare(struct str a, struct str b);

#endif
