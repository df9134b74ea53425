using System.Globalization;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>
/// The Python dictionary at the head of an NPY file (numpy.lib.format, versions 1 to 3), read by a parser for exactly this: three keys, a
/// text, a truth value and a tuple of whole numbers. Nothing is evaluated.
/// </summary>
internal sealed class NpyHeader(string text)
{
    private int at;

    /// <summary>Type as NumPy writes it, for example &lt;f4.</summary>
    public string Descr { get; private set; } = string.Empty;

    public bool FortranOrder { get; private set; }

    public IReadOnlyList<long> Shape { get; private set; } = [];

    /// <summary>The header, or null with the reason.</summary>
    public static NpyHeader? Parse(string text, out string reason)
    {
        var header = new NpyHeader(text);
        try
        {
            header.Dictionary();
            reason = string.Empty;
            return header;
        }
        catch (FormatException failure)
        {
            reason = failure.Message;
            return null;
        }
    }

    private void Dictionary()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Expect('{');
        while (Next() != '}')
        {
            string key = Quoted();
            Expect(':');
            if (!seen.Add(key))
            {
                throw Wrong($"key {key} twice");
            }

            Value(key);
            if (Next() == ',')
            {
                at++;
            }
        }

        at++;
        if (seen.Count != 3 || text.AsSpan(at).Trim().Length > 0)
        {
            throw Wrong("descr, fortran_order and shape, and nothing behind them, are expected");
        }
    }

    private void Value(string key)
    {
        switch (key)
        {
            case "descr" when Next() == '[':
                Descr = "a list of fields";
                throw Wrong("an array of structures");
            case "descr":
                Descr = Quoted();
                break;
            case "fortran_order":
                FortranOrder = Word("True");
                if (!FortranOrder && !Word("False"))
                {
                    throw Wrong("True or False is expected");
                }

                break;
            case "shape":
                Shape = Tuple();
                break;
            default:
                throw Wrong($"unknown key {key}");
        }
    }

    private List<long> Tuple()
    {
        var numbers = new List<long>();
        Expect('(');
        while (Next() != ')')
        {
            int from = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (!long.TryParse(text.AsSpan(from, at - from), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                throw Wrong("a whole number is expected");
            }

            numbers.Add(number);
            if (Next() != ')')
            {
                Expect(',');
            }
        }

        at++;
        return numbers;
    }

    private string Quoted()
    {
        char quote = Next();
        int end = quote is '\'' or '"' ? text.IndexOf(quote, at + 1) : -1;
        if (end < 0)
        {
            throw Wrong("a text in quotes is expected");
        }

        string content = text[(at + 1)..end];
        at = end + 1;
        return content;
    }

    private bool Word(string word)
    {
        _ = Next();
        bool found = text.AsSpan(at).StartsWith(word, StringComparison.Ordinal);
        at += found ? word.Length : 0;
        return found;
    }

    private void Expect(char wanted)
    {
        if (Next() != wanted)
        {
            throw Wrong($"{wanted} is expected");
        }

        at++;
    }

    private char Next()
    {
        while (at < text.Length && (text[at] is ' ' or '\n'))
        {
            at++;
        }

        return at < text.Length ? text[at] : '\0';
    }

    private FormatException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{what}, at character {at + 1}"));
}
