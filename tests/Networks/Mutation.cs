using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace BcnnSim.Tests.Networks;

/// <summary>Random damage to files; a pure function of the generator's state.</summary>
internal static class Mutation
{
    private static readonly string[] Values =
    [
        "-1", "0", "1", "2147483647", "2147483648", "9223372036854775807", "-9223372036854775808", "1e400", "0.5", "65536", "4194304", "\"\"", "null", "true", "[]", "{}",
        "\"..\"", "\"\\ud800\"", "[[[[[[]]]]]]", "\"input\"", "\"conv1\"", "[1,1]", "[65536,65536]",
    ];

    /// <summary>Byte flips, cuts, insertions, repeated and swapped pieces.</summary>
    public static byte[] Bytes(Random random, byte[] valid)
    {
        List<byte> bytes = [.. valid];
        for (int i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            int count = Math.Min(random.Next(1, 33), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.RemoveRange(at, count);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, count));
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Range(0, count).Select(_ => (byte)random.Next(256)));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Keys dropped, doubled or renamed, values replaced: still JSON most of the time.</summary>
    public static byte[] Text(Random random, byte[] valid)
    {
        string text = Encoding.UTF8.GetString(valid);
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            text = random.Next(3) switch
            {
                0 => One(random, text, "(?<=[:\\[,]\\s*)(\"[^\"]*\"|-?[0-9.]+)(?=\\s*[,\\]}])", _ => Values[random.Next(Values.Length)]),
                1 => One(random, text, "\"[A-Za-z0-9_.]+\":", key => random.Next(2) == 0 ? key.Insert(1, "x") : $"{key} {Values[random.Next(Values.Length)]}, {key}"),
                _ => One(random, text, "\"[A-Za-z0-9_.]+\": *[^,{\\[]+,", _ => ""),
            };
        }

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The same inside the header of a weights file, its length corrected so that the parser gets past it.</summary>
    public static byte[] Header(Random random, byte[] valid)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(valid);
        byte[] header = Text(random, valid[8..(8 + length)]);
        byte[] result = [.. valid[..8], .. header, .. valid[(8 + length)..]];
        BinaryPrimitives.WriteInt64LittleEndian(result, header.Length);
        return result;
    }

    private static string One(Random random, string text, string pattern, Func<string, string> change)
    {
        MatchCollection matches = Regex.Matches(text, pattern, RegexOptions.CultureInvariant);
        if (matches.Count == 0)
        {
            return text;
        }

        Match match = matches[random.Next(matches.Count)];
        return string.Concat(text.AsSpan(0, match.Index), change(match.Value), text.AsSpan(match.Index + match.Length));
    }
}
