using System.Globalization;
using System.Text;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Golden;

/// <summary>The layout of bits in files and machine words, once, as text: bit-layout.txt.</summary>
public sealed class BitLayoutTests
{
    private const int Lanes = 5;

    [Fact]
    public void Bits_of_files_and_words_lie_where_they_always_did()
    {
        StringBuilder text = new();
        Taps(text);
        Rows(text, TinyNetwork.Create().Layers[2]);
        Frames(text);
        Files(text);
        Values(text);
        GoldenFile.Check("bit-layout.txt", text.ToString());
    }

    private static void Taps(StringBuilder text)
    {
        Line(text, $"taps of a 2x2 kernel on 6 channels, T = 24, words of Pi = {Lanes}");
        Line(text, $"tap = (ky*Kw + kx)*Cin + c: byte.bit in the file row, word.bit in the machine");
        for (int tap = 0; tap < 24; tap++)
        {
            byte[] row = new byte[3];
            row[tap / 8] |= (byte)(1 << (tap % 8));
            ulong[] words = new ulong[QuadrantPacker.WordCount(24, Lanes)];
            QuadrantPacker.Pack(row, 24, Lanes, words);
            int word = Array.FindIndex(words, static w => w != 0);
            Line(text, $"  tap {tap,2}  ky {tap / 12} kx {tap / 6 % 2} c {tap % 6}  {tap / 8}.{tap % 8}  {word}.{ulong.TrailingZeroCount(words[word])}");
        }
    }

    private static void Rows(StringBuilder text, ConvolutionLayer layer)
    {
        Line(text, $"weights of {layer.Name}: row, part, file bytes, machine words (re, im, mask of Pi = {Lanes})");
        for (int row = 0; row < layer.OutputChannels; row++)
        {
            Part(text, row, "re  ", layer.Weights.Re.AsSpan(row * 3, 3));
            Part(text, row, "im  ", layer.Weights.Im.AsSpan(row * 3, 3));
            Part(text, row, "mask", []);
        }
    }

    private static void Part(StringBuilder text, int row, string name, ReadOnlySpan<byte> bytes)
    {
        ulong[] words = new ulong[QuadrantPacker.WordCount(24, Lanes)];
        if (bytes.IsEmpty)
        {
            QuadrantPacker.PackMask(bytes, 24, Lanes, words);
        }
        else
        {
            QuadrantPacker.Pack(bytes, 24, Lanes, words);
        }

        Line(text, $"  {row} {name} {(bytes.IsEmpty ? "(all)" : Convert.ToHexStringLower(bytes)),-6}  {string.Join(' ', words.Select(w => w.ToString("b5", CultureInfo.InvariantCulture)))}");
    }

    private static void Frames(StringBuilder text)
    {
        FrameShape shape = new(1, 2, 9, 2);
        byte[] re = [0, 1, 2, 3, 0, 1, 2, 3, 1, 3, 3, 3, 3, 0, 0, 0, 0, 2];
        byte[] im = [3, 2, 1, 0, 3, 2, 1, 0, 2, 0, 0, 0, 0, 3, 3, 3, 3, 1];
        Frame frame = Frame.FromComponents(shape, re, im, label: 7, tag: -4.5f);
        Line(text, $"frame {shape}: u re {string.Join(' ', re)} | u im {string.Join(' ', im)}");
        for (int plane = 0; plane < 2; plane++)
        {
            Line(text, $"  plane {plane}: {Convert.ToHexStringLower(frame.Planes.AsSpan(plane * shape.PlaneBytes, shape.PlaneBytes))}");
        }

        using TemporaryFolder folder = new();
        FrameFile.Write(folder.File("a.bcnnframes"), new FrameSet(shape, [frame]));
        Dump(text, "frame file", File.ReadAllBytes(folder.File("a.bcnnframes")));
    }

    private static void Files(StringBuilder text)
    {
        using TemporaryFolder folder = new();
        NetworkFile.Write(TinyNetwork.Create(), folder.FullName);
        Dump(text, NetworkFile.WeightsName, File.ReadAllBytes(folder.File(NetworkFile.WeightsName)));
        Line(text, $"{NetworkFile.JsonName}");
        text.Append(File.ReadAllText(folder.File(NetworkFile.JsonName)));
    }

    /// <summary>Norm constants of a layer with values, one 32-byte beat per channel: the shift lies above the two inversions.</summary>
    private static void Values(StringBuilder text)
    {
        AcceleratorProgram program = LayerMapper.Map(TinyResidualNetwork.Create(), Designs.Reference());
        Dump(text, $"norm constants of {program.Layers[0].Name} in memory, shifts {string.Join(' ', program.Network.Layers[0].Norm.Shift)}", ParameterImage.NormConstants(program)[..96]);
    }

    private static void Dump(StringBuilder text, string title, byte[] bytes)
    {
        Line(text, $"{title}, {bytes.Length} bytes");
        for (int i = 0; i < bytes.Length; i += 16)
        {
            byte[] line = bytes[i..Math.Min(i + 16, bytes.Length)];
            string letters = string.Concat(line.Select(b => b is >= 32 and < 127 ? (char)b : '.'));
            Line(text, $"  {i:x4}  {Convert.ToHexStringLower(line),-32}  |{letters}|");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
