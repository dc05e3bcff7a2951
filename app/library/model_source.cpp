#include "app/library/model_source.h"

#include <cstdlib>

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

fs::path environmentPath(const char* name) {
    const char* value = std::getenv(name);
    return value ? fs::path(value) : fs::path();
}

} // namespace

std::string_view sourceName(ModelSource source) {
    switch (source) {
    case ModelSource::Bundled:
        return "Ponder (bundled)";
    case ModelSource::Ponder:
        return "Ponder";
    case ModelSource::HuggingFace:
        return "Hugging Face";
    case ModelSource::LmStudio:
        return "LM Studio";
    case ModelSource::Ollama:
        return "Ollama";
    case ModelSource::Gpt4All:
        return "GPT4All";
    case ModelSource::Folder:
        return "folder";
    }
    return "folder";
}

std::vector<ModelRoot> modelRoots(const fs::path& ownFolder, const std::vector<std::string>& folders,
                                  const fs::path& home) {
    std::vector<ModelRoot> roots{{ModelSource::Ponder, ownFolder}};
    for (const std::string& folder : folders) roots.push_back({ModelSource::Folder, folder});

    fs::path hub = environmentPath("HF_HUB_CACHE");
    if (hub.empty() && !environmentPath("HF_HOME").empty()) hub = environmentPath("HF_HOME") / "hub";
    if (hub.empty() && !home.empty()) hub = home / ".cache" / "huggingface" / "hub";
    if (!hub.empty()) roots.push_back({ModelSource::HuggingFace, hub});

    if (!home.empty()) {
        roots.push_back({ModelSource::LmStudio, home / ".lmstudio" / "models"});
        roots.push_back({ModelSource::LmStudio, home / ".cache" / "lm-studio" / "models"});
    }
    if (const fs::path named = environmentPath("OLLAMA_MODELS"); !named.empty()) {
        roots.push_back({ModelSource::Ollama, named});
    } else {
        if (!home.empty()) roots.push_back({ModelSource::Ollama, home / ".ollama" / "models"});
        roots.push_back({ModelSource::Ollama, "/usr/share/ollama/.ollama/models"});
    }
    if (!home.empty())
        roots.push_back({ModelSource::Gpt4All, home / ".local" / "share" / "nomic.ai" / "GPT4All"});
    return roots;
}

} // namespace ponder::app
