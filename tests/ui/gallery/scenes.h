#pragma once

#include "tests/ui/gallery/stage.h"

#include "ui/translations.h"

#include <functional>
#include <vector>

namespace ponder::ui {

/// One picture of the gallery.
struct Scene {
    QString name; ///< the file's name, without .png
    Appearance appearance = Appearance::Light;
    QSize size = Stage::kUsual;
    std::function<void(Stage&)> set;
    Language language = Language::English;
};

std::vector<Scene> allScenes();

/// Sets the scene and photographs it.
QImage drawScene(const Scene& scene);

} // namespace ponder::ui
