/* fixture.h - a small catalogue, described in a text file, as an index file that can be opened.
 *
 *     api clusters.test Clusters | Runs containers. | compute
 *     endpoint POST /apps/v1/deployments createDeployment | create a Deployment | What it does. | apps, v1
 *     parameter query dryRun string | Whether to persist. | All, None
 *     object io.test.apps.v1.Deployment | Declares pods.
 *     property spec DeploymentSpec | The wish.
 *     property spec.template.name string | A nested one.
 *
 * A line is a kind, words, and texts behind '|': of a property and a parameter the description and the values, of an
 * endpoint the summary, the description and the tags. What belongs to an API, an endpoint or an object stands below it.
 * "deprecated" before the kind sets the flag. Blank lines and lines with '#' are skipped. */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include "catalogue_builder.h"
#include "file.h"
#include "index.h"

struct fixture {
    char folder[64], path[96]; /* of the index file */
    struct file file;
    struct catalogue catalogue;
    struct index index;
};

/* Builds the file and opens it. Anything that fails ends the program with a message. */
void fixture_open(struct fixture *fixture, const char *description, unsigned threads);
/* Closes and removes it. */
void fixture_close(struct fixture *fixture);

#endif
