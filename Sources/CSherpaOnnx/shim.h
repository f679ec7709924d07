#pragma once
// The set-up script puts the header of the pinned wheel there.
#include "../../.deps/include/sherpa-onnx/c-api/c-api.h"
