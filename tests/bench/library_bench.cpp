// What the model library promises about its speed, printed: library_bench [TREE]. Without a tree of
// tests/support/make_model_tree.py one of 10,000 files is made for the time being. "Cold" drops the system's
// caches first, which takes root.

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "app/library/file_hash.h"
#include "app/library/model_shelf.h"
#include "tests/places.h"
#include "tests/support/temp_dir.h"

namespace {

namespace fs = std::filesystem;
using namespace ponder::app;
using namespace std::chrono_literals;

/// How long something took, and how much of that one processor core would have computed: the difference is
/// waiting, for the disk or for other programs.
struct Time {
    double passed = 0;
    double computed = 0;
};

double computedSoFar() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return 1e3 * static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-3 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

Time milliseconds(const std::function<void()>& work) {
    const double computed = computedSoFar();
    const auto begun = std::chrono::steady_clock::now();
    work();
    const auto passed = std::chrono::steady_clock::now() - begun;
    return {std::chrono::duration<double, std::milli>(passed).count(), computedSoFar() - computed};
}

void print(const char* what, Time time, const char* promise) {
    std::printf("%-58s %9.1f ms, %9.1f computed   %s\n", what, time.passed, time.computed, promise);
    std::fflush(stdout);
}

bool dropCaches() {
    ::sync();
    std::ofstream drop("/proc/sys/vm/drop_caches");
    drop << "3" << std::flush;
    return drop.good();
}

std::vector<ModelRoot> rootsOf(const fs::path& tree) {
    return {{ModelSource::Ponder, tree / "own"},      {ModelSource::Folder, tree / "plain"},
            {ModelSource::HuggingFace, tree / "hub"}, {ModelSource::LmStudio, tree / "lmstudio"},
            {ModelSource::Ollama, tree / "ollama"},   {ModelSource::Gpt4All, tree / "gpt4all"}};
}

void measureScans(const fs::path& tree, const fs::path& cache) {
    const std::vector<ModelRoot> roots = rootsOf(tree);
    const bool isCold = dropCaches();
    ModelShelf first({}, cache);
    const Time cold = milliseconds([&] { first.scan(roots); });
    print(isCold ? "first scan, nothing in memory" : "first scan (NOT cold: that takes root)", cold,
          "at most 2000");
    std::printf("%-58s %9zu\n", "models in the list", first.cards().size());
    print("the cache is written", milliseconds([&] { first.keep(); }), "");
    print("scan, nothing has changed", milliseconds([&] { first.scan(roots); }), "");
    ModelShelf warm({}, {});
    print("first scan, files in memory", milliseconds([&] { warm.scan(roots); }), "");

    dropCaches();
    ModelShelf second({}, cache);
    print("second start: the list from the cache, nothing in memory", milliseconds([&] { second.recall(); }),
          "");
    print("second start: the list from the cache", milliseconds([&] { second.recall(); }), "at most 50");
    print("and corrected behind, nothing in memory", milliseconds([&] { second.scan(roots); }), "");

    print("vocabularies and templates of all", milliseconds([&] { first.readOn(1h, ReadingPace::Quick); }),
          "");
    std::printf("%-58s %9zu\n", "models in the list, copies joined", first.cards().size());
}

void measureHash(const fs::path& folder) {
    constexpr std::uint64_t kBytes = std::uint64_t{1} << 30;
    const fs::path file = folder / "large.gguf";
    {
        std::ofstream stream(file, std::ios::binary);
        const std::string chunk(1 << 20, 'x');
        for (std::uint64_t i = 0; i < kBytes >> 20; ++i) stream << chunk;
    }
    const Time time = milliseconds([&] { hashFile(file.string(), {}, {}); });
    std::printf("%-58s %9.0f MB/s, %7.0f computed   at least 500\n", "SHA-256 of a file in memory",
                static_cast<double>(kBytes) / 1e3 / time.passed,
                static_cast<double>(kBytes) / 1e3 / time.computed);
}

} // namespace

int main(int count, char** arguments) {
    const ponder::tests::TempDir folder;
    fs::path tree = folder / "tree";
    if (count > 1) {
        tree = arguments[1];
    } else {
        const std::string command =
            "python3 " PONDER_SOURCE_DIR "/tests/support/make_model_tree.py " + tree.string();
        if (std::system(command.c_str()) != 0) return 1;
    }
    measureScans(tree, folder / "cache/cards");
    measureHash(folder.path());
}
