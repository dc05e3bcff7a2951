# KaTeX's fonts (fonts-katex) as :/katex/fonts/…, and the script of ours that reads its tree.
set(katex_fonts /usr/share/fonts/truetype/katex)
file(GLOB katex_faces ${katex_fonts}/KaTeX_*.ttf)
if(NOT katex_faces)
    message(FATAL_ERROR "${katex_fonts} has no fonts. Install the Debian package fonts-katex.")
endif()
qt_add_resources(ponder_ui "katex_fonts" PREFIX "/katex/fonts" BASE ${katex_fonts} FILES ${katex_faces})
qt_add_resources(ponder_ui "formula_script" PREFIX "/scripts" BASE "${CMAKE_CURRENT_SOURCE_DIR}/math"
    FILES "${CMAKE_CURRENT_SOURCE_DIR}/math/formula_boxes.js")
