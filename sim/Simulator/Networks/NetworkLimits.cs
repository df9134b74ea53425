namespace BcnnSim.Networks;

/// <summary>
/// Upper bounds of everything a file may ask for: far above any network of the field, low enough that every product of
/// dimensions fits its integer type and no small file can demand a large allocation.
/// </summary>
internal static class NetworkLimits
{
    /// <summary>Any single dimension: height, width, channels, kernel, stride, pool, classes.</summary>
    public const int Dimension = 65536;

    /// <summary>T = Kh*Kw*Cin of one layer.</summary>
    public const int Taps = 1 << 22;

    /// <summary>Height*Width*Channels of one map.</summary>
    public const int MapValues = 1 << 26;

    public const int Nodes = 1024;

    public const int NameLength = 64;

    public const int TextLength = 4096;

    public const int JsonBytes = 4 << 20;

    /// <summary>Largest weights file: one array of the runtime.</summary>
    public const int WeightBytes = 0x7FFF0000;

    /// <summary>48-bit constants and sums: |value| &lt; 2^47.</summary>
    public const long Signed48 = 1L << 47;

    /// <summary>Names become tensor names and folder names: no separator, no leading dot, no case folding surprises.</summary>
    public static bool IsName(string text)
    {
        if (text.Length is 0 or > NameLength || !(char.IsAsciiLetterLower(text[0]) || char.IsAsciiDigit(text[0])))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
