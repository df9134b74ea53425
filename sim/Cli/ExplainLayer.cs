using BcnnSim.Mapping;

namespace BcnnSim.Cli;

/// <summary>One layer as `explain` shows it.</summary>
/// <param name="Name">Layer.</param>
/// <param name="Shape">Input, kernel, output.</param>
/// <param name="Taps">T = Kh Kw Cin.</param>
/// <param name="Words">ceil(T / Pi) window words.</param>
/// <param name="Groups">ceil(Cout / Po).</param>
/// <param name="Tiles">ceil(pixels / Pp).</param>
/// <param name="Planes">Bit planes.</param>
/// <param name="LaneOperations">Conventional MACs x planes.</param>
/// <param name="EmptyBlocks">(Output group x word) blocks that are skipped, of Groups x Words.</param>
/// <param name="Estimate">Closed-form cycles.</param>
/// <param name="Values">Whether the norm gives 16-bit values instead of bits.</param>
/// <param name="AddsShortcut">Whether the shortcut map is added to them.</param>
/// <param name="Targets">Where the results go.</param>
/// <param name="ShortcutWordsPerBank">Words per bank of the shortcut map it writes; 0 if it writes none.</param>
/// <param name="DroppedBorders">Rows and columns that no result uses, in words; empty if none.</param>
internal sealed record ExplainLayer(
    string Name,
    string Shape,
    int Taps,
    int Words,
    int Groups,
    int Tiles,
    int Planes,
    long LaneOperations,
    long EmptyBlocks,
    CycleEstimate Estimate,
    bool Values,
    bool AddsShortcut,
    IReadOnlyList<string> Targets,
    long ShortcutWordsPerBank,
    IReadOnlyList<string> DroppedBorders);
