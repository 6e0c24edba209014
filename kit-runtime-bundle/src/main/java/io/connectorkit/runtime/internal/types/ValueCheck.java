package io.connectorkit.runtime.internal.types;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.BaseListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** What can be wrong with the values of one type. */
interface ValueCheck {

  /** True if a quick look is enough to know that every value is valid. */
  boolean surelyValid(FieldVector vector);

  /** What is wrong with one value; null if nothing is. */
  String fault(FieldVector vector, int index);

  /** The check for a column; null if it cannot hold a wrong value. */
  static ValueCheck of(Field field) {
    if (field.getChildren().isEmpty()) {
      ArrowType type = field.getType();
      return switch (type.getTypeID()) {
        case Utf8, LargeUtf8, Utf8View -> new TextCheck();
        case Time, Timestamp -> RangeCheck.of(type);
        default -> null;
      };
    }
    List<ValueCheck> children = new ArrayList<>();
    field.getChildren().forEach(child -> children.add(of(child)));
    return children.stream().allMatch(check -> check == null) ? null : new Nested(children);
  }

  /**
   * Goes down into lists, structs and maps.
   *
   * @param children one per child, null where there is nothing to check
   */
  record Nested(List<ValueCheck> children) implements ValueCheck {

    @Override
    public boolean surelyValid(FieldVector vector) {
      for (int i = 0; i < children.size(); i++) {
        if (children.get(i) != null && !children.get(i).surelyValid(vector.getChildrenFromFields().get(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String fault(FieldVector vector, int index) {
      if (vector.isNull(index)) {
        return null;
      }
      boolean list = vector instanceof BaseListVector;
      int start = list ? ((BaseListVector) vector).getElementStartIndex(index) : index;
      int end = list ? ((BaseListVector) vector).getElementEndIndex(index) : index + 1;
      for (int i = 0; i < children.size(); i++) {
        FieldVector child = vector.getChildrenFromFields().get(i);
        for (int item = start; item < end && children.get(i) != null; item++) {
          String fault = children.get(i).fault(child, item);
          if (fault != null) {
            return list ? fault : "field '" + child.getName() + "', " + fault;
          }
        }
      }
      return null;
    }
  }
}
