using System.Buffers.Binary;
using System.Text;

namespace BcnnSim.Trainer.Data;

/// <summary>One array of a MATLAB file: flags, dimensions, name, real part; every sub-element is checked before it is used.</summary>
/// <param name="content">The sub-elements, or the whole matrix element with its tag.</param>
/// <param name="bare">Whether the tag of the matrix was taken off already.</param>
/// <param name="refusal">Names the file.</param>
internal sealed class MatMatrix(byte[] content, bool bare, MatRefusal refusal)
{
    private const int TagBytes = 8;
    private const int Int8 = 1;
    private const int UInt8 = 2;
    private const int Int32 = 5;
    private const int UInt32 = 6;
    private const int Double = 9;
    private const int MatrixType = 14;
    private const int DoubleClass = 6;
    private const int UInt8Class = 9;
    private int at;

    /// <summary>Puts the values where the variable of that name belongs.</summary>
    public void Store(IReadOnlyList<MatVariable> variables, byte[][] found)
    {
        if (!bare)
        {
            TakeTag();
        }

        ReadOnlySpan<byte> flags = Take("flags", UInt32, 2 * sizeof(uint));
        byte arrayClass = flags[0];
        bool complex = (flags[1] & 0x08) != 0;
        ReadOnlySpan<byte> sizes = Take("dimensions", Int32, null);
        string name = Encoding.ASCII.GetString(Take("name", Int8, null));
        int index = Enumerable.Range(0, variables.Count).FirstOrDefault(i => variables[i].Name == name, -1);
        if (index < 0 || found[index] is not null)
        {
            throw refusal.Of("variable", name.Length > 64 ? name[..64] : name, $"must be {string.Join(" or ", variables.Select(v => v.Name))}, each once");
        }

        string place = $"variable {name}";
        if (complex || arrayClass is not (DoubleClass or UInt8Class))
        {
            throw refusal.Of(place, $"class {arrayClass}{(complex ? ", complex" : string.Empty)}", "must be a real array of class uint8 (9) or double (6)");
        }

        CheckDimensions(place, sizes, variables[index]);
        found[index] = Values(place, variables[index].Values);
        if (at != content.Length)
        {
            throw refusal.Of(place, $"{content.Length - at} more bytes", "must end after its values");
        }
    }

    private void CheckDimensions(string place, ReadOnlySpan<byte> sizes, MatVariable variable)
    {
        var dimensions = new int[sizes.Length / sizeof(int)];
        for (int i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32LittleEndian(sizes[(sizeof(int) * i)..]);
        }

        if (sizes.Length % sizeof(int) != 0 || !dimensions.SequenceEqual(variable.Dimensions))
        {
            throw refusal.Of(place, $"[{string.Join(", ", dimensions.Take(8))}]", $"must have dimensions [{string.Join(", ", variable.Dimensions)}]");
        }
    }

    private byte[] Values(string place, int count)
    {
        int type = PeekType();
        if (type == UInt8)
        {
            return Take(place, UInt8, count).ToArray();
        }

        ReadOnlySpan<byte> data = Take(place, Double, count * (long)sizeof(double));
        var values = new byte[count];
        for (int i = 0; i < count; i++)
        {
            double value = BinaryPrimitives.ReadDoubleLittleEndian(data[(sizeof(double) * i)..]);
            if (!(value >= 0 && value <= byte.MaxValue && value == Math.Floor(value)))
            {
                throw refusal.Of($"{place}, element {i}", $"{value}", "must be a whole number in 0..255");
            }

            values[i] = (byte)value;
        }

        return values;
    }

    private void TakeTag()
    {
        if (content.Length < TagBytes || Word(0) != MatrixType || Word(sizeof(uint)) != content.Length - TagBytes)
        {
            throw refusal.Of("compressed element", $"{content.Length} bytes", "must hold one whole matrix");
        }

        at = TagBytes;
    }

    private int PeekType() => at + sizeof(uint) <= content.Length ? (int)(Word(at) & 0xFFFF) : 0;

    // A tag is type and length, 4 bytes each, or both in 4 bytes when the data fit the other 4. Data end on 8 bytes.
    private ReadOnlySpan<byte> Take(string place, int type, long? length)
    {
        if (at + TagBytes > content.Length)
        {
            throw refusal.Of(place, "truncated", "must be whole");
        }

        uint first = Word(at);
        bool small = first >> 16 != 0;
        (uint foundType, uint bytes) = small ? (first & 0xFFFF, first >> 16) : (first, Word(at + sizeof(uint)));
        int start = at + (small ? sizeof(uint) : TagBytes);
        long end = small ? at + TagBytes : start + (((long)bytes + 7) / 8 * 8);
        if (foundType != type || (length is not null && bytes != length) || (small && bytes > sizeof(uint)) || end > content.Length)
        {
            throw refusal.Of(place, $"type {foundType}, {bytes} bytes", $"must be type {type}{(length is null ? string.Empty : $", {length} bytes")}, within its element");
        }

        at = (int)end;
        return content.AsSpan(start, (int)bytes);
    }

    private uint Word(int place) => BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(place));
}
