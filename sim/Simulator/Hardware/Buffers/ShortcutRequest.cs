using BcnnSim.Hardware.Compute;

namespace BcnnSim.Hardware.Buffers;

/// <summary>Asks the shortcut map for one word of every pixel of a block; word addresses are pixel * WordsPerPixel + Word.</summary>
/// <param name="Place">Block whose pixels and channels are meant; stays as it is until the reply is taken.</param>
/// <param name="Word">Word within a pixel: the group of channels.</param>
/// <param name="WordsPerPixel">Words of one pixel of the map.</param>
public readonly record struct ShortcutRequest(ValueBlock Place, int Word, int WordsPerPixel);
